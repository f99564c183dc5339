/** A statement that was executed. */
export interface RecordedStatement {
  readonly statement: string;
  readonly values: readonly SqlStorageValue[];
  readonly cursor: { readonly rowsRead: number; readonly rowsWritten: number };
}

/** Returns a database that records its statements. @param before runs before each statement. */
export function recordedSql(
  sql: SqlStorage,
  before: (statement: string, values: readonly SqlStorageValue[]) => void = () => {},
): { readonly sql: SqlStorage; readonly statements: RecordedStatement[] } {
  const statements: RecordedStatement[] = [];
  const recording = {
    exec: (statement: string, ...values: SqlStorageValue[]) => {
      before(statement, values);
      const cursor = sql.exec(statement, ...values);
      statements.push({ statement, values, cursor });
      return cursor;
    },
  };
  return { sql: recording as SqlStorage, statements };
}

/** Returns how many rows the statements of a call have read, indexes included. */
export function rowsReadBy(sql: SqlStorage, call: (sql: SqlStorage) => unknown): number {
  const recorded = recordedSql(sql);
  call(recorded.sql);
  return recorded.statements.reduce((sum, { cursor }) => sum + cursor.rowsRead, 0);
}
