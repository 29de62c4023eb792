CREATE TABLE "voice_events" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "voice_rooms" (
	"name" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	"beneficiary_joined_at" timestamp (3) with time zone,
	"beneficiary_left_at" timestamp (3) with time zone,
	"helper_joined_at" timestamp (3) with time zone,
	"helper_left_at" timestamp (3) with time zone,
	CONSTRAINT "voice_rooms_session_id_unique" UNIQUE("session_id")
);
--> statement-breakpoint
ALTER TABLE "voice_rooms" ADD CONSTRAINT "voice_rooms_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "voice_events_at" ON "voice_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "voice_rooms_open" ON "voice_rooms" USING btree ("next_try_at") WHERE closed_at is null;