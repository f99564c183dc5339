import { describeWebhookExample } from "../describe-webhook-example.ts";
import { phpReceiver } from "../example-receiver.ts";
import { HAS_PHP } from "./has-php.ts";

describeWebhookExample("PHP", phpReceiver, HAS_PHP);
