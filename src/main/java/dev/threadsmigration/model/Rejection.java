package dev.threadsmigration.model;

import org.jspecify.annotations.Nullable;

/**
 * Why a record was not written.
 *
 * @param field the field at fault; null where it is the record as a whole
 * @param message a sentence for a person: what is wrong, with the value where that helps
 */
public record Rejection(RejectionCode code, @Nullable Field field, String message) {}
