package dev.threadsmigration.rollback;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.model.Amount;

/** Whether legacy has all that the application wrote, so that nothing of it is in the target alone after the rollback. */
public final class EmptyQueue {

    private final WriteQueue queue;
    private final MigrationProperties properties;

    public EmptyQueue(WriteQueue queue, MigrationProperties properties) {
        this.queue = queue;
        this.properties = properties;
    }

    /** @throws RollbackStoppedException where writes wait that no {@code sync} has looked at */
    public void requireNoneUnseen() {
        long unseen = queue.waiting().unseen();
        if (unseen > 0) {
            throw new RollbackStoppedException(
                    "%s of the application %s in the queue, and legacy has not got %s. Nothing was touched. Run sync%s first, with the application stopped. To take the migration back without them: %s"
                            .formatted(
                                    Amount.of(unseen, "write"),
                                    unseen == 1 ? "waits" : "wait",
                                    unseen == 1 ? "it" : "them",
                                    properties.dualWrite().enabled() ? "" : " --migration.dual-write.enabled=true",
                                    WriteQueue.discarding(properties.name())),
                    true);
        }
    }
}
