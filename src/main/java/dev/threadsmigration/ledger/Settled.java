package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Accepted;

/**
 * An accepted record whose place in the target is certain.
 *
 * @param duplicate whether the target held it already
 * @param contentHash of what was written or found equal; 0 for what was known by its marker
 */
public record Settled(Accepted accepted, boolean duplicate, long contentHash) {}
