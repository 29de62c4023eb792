CREATE TABLE "journal_heads" (
	"stream" text NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"signature" text NOT NULL,
	"public_key" text NOT NULL,
	CONSTRAINT "journal_heads_stream_seq_pk" PRIMARY KEY("stream","seq")
);
