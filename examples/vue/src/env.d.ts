interface ImportMetaEnv {
  readonly VITE_QONTO_PAY_ENDPOINT: string;
  readonly VITE_QONTO_PAY_KEY: string;
}
