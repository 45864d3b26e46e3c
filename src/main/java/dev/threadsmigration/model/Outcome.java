package dev.threadsmigration.model;

/** What became of a legacy row. Every row that is read ends as exactly one of these; data never throws. */
public sealed interface Outcome permits Accepted, Rejected {

    LegacyRow source();
}
