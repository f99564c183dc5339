import { describeWebhookExample } from "./describe-webhook-example.ts";
import { nodeReceiver } from "./example-receiver.ts";

describeWebhookExample("Node", nodeReceiver);
