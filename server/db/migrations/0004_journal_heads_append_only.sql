-- [J5] What a device has signed stays, as the journal does.
CREATE TRIGGER "journal_heads_no_change" BEFORE UPDATE OR DELETE ON "journal_heads"
  FOR EACH ROW EXECUTE FUNCTION "journal_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "journal_heads_no_truncate" BEFORE TRUNCATE ON "journal_heads"
  FOR EACH STATEMENT EXECUTE FUNCTION "journal_refuse_change"();
