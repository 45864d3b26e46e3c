package dev.threadsmigration.cli;

import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.model.Amount;

/** A {@code sync} of a job file that has no dual-write, or has it no longer. */
final class WithoutDualWrite {

    private WithoutDualWrite() {}

    /** Why it does not begin, and what to do about writes that wait from earlier. */
    static UsageException refusal(Session session) {
        long waiting = session.get(LedgerSchema.class).exists()
                ? session.get(WriteQueue.class).waiting().all()
                : 0;
        if (waiting == 0) {
            return new UsageException(
                    "Nothing is queued for sync unless the job file says so. Nothing was touched. Set migration.dual-write.enabled: true, then: %s"
                            .formatted(session.commandLine("migrate")));
        }
        return new UsageException(
                "%s of the application %s in the queue, but the job file has no dual-write any more. Nothing was touched. To carry what waits, set migration.dual-write.enabled: true again, or, with the application stopped, run: %s --migration.dual-write.enabled=true. To discard it: %s"
                        .formatted(
                                Amount.of(waiting, "write"),
                                waiting == 1 ? "waits" : "wait",
                                session.commandLine("sync"),
                                WriteQueue.discarding(session.properties().name())));
    }
}
