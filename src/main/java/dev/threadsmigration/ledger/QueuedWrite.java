package dev.threadsmigration.ledger;

/**
 * A write of the application into the target that waits to be carried to legacy.
 *
 * @param id its place in the queue
 * @param recordId of the record that was written, as its table has it; not a UUID where the application makes other ids
 */
public record QueuedWrite(long id, String recordId) {}
