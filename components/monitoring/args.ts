import type { EnvironmentRef } from "../environment/args.ts";
import type { SecretKey } from "../link.ts";

/** A channel of Slack. */
export interface SlackArgs {
  /** Channel that is written to, of 1–80 characters: `#shop-alerts`. */
  channel: string;
  /** Where the address of its incoming webhook stands. */
  webhook: SecretKey;
}

/** A service of PagerDuty, which calls who is on duty. */
export interface PagerDutyArgs {
  /** Where the key of its integration stands, of the Events API v2. */
  routingKey: SecretKey;
}

/** A mailbox, reached through a mail server by STARTTLS. */
export interface EmailArgs {
  /** Who is written to. */
  to: string;
  /** Who it is from. */
  from: string;
  /** Host and port of the mail server: `smtp.example.com:587`. */
  server: string;
  /**
   * Name by which the mail server is logged in to.
   * @default the address that it is from
   */
  username?: string;
  /** Where the password for it stands. */
  password: SecretKey;
}

/** Who is told of an environment's alerts: one at least. */
export interface ReceiversArgs {
  /**
   * Told of every alert, and of its end.
   * @default none
   */
  slack?: SlackArgs;
  /**
   * Told of what is critical, which wakes somebody up, and of its end.
   * @default none
   */
  pagerDuty?: PagerDutyArgs;
  /**
   * Told of every alert, and of its end.
   * @default none
   */
  email?: EmailArgs;
}

export interface MonitoringArgs {
  /** Which environment is watched. */
  environment: EnvironmentRef;
  /** Who is told. */
  receivers: ReceiversArgs;
  /**
   * What the fullest volume holds at most before somebody is told, 1–100 %.
   * @default 85
   */
  volumePercent?: number;
}
