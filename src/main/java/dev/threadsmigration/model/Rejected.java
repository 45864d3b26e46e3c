package dev.threadsmigration.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A legacy row that is not written, and why.
 *
 * @param newId the id that it would have got; null where not even that can be said
 */
public record Rejected(LegacyRow source, @Nullable UUID newId, Rejection reason) implements Outcome {}
