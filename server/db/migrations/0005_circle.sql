CREATE TABLE "trust_notices" (
	"id" text PRIMARY KEY NOT NULL,
	"pairing" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "pairings" ADD COLUMN "paused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "pairings" ADD COLUMN "trusted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "trust_notices" ADD CONSTRAINT "trust_notices_pairing_pairings_id_fk" FOREIGN KEY ("pairing") REFERENCES "public"."pairings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "trust_notices_pairing" ON "trust_notices" USING btree ("pairing");--> statement-breakpoint
CREATE UNIQUE INDEX "pairings_one_trusted" ON "pairings" USING btree ("beneficiary") WHERE trusted_at is not null;