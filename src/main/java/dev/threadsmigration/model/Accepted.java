package dev.threadsmigration.model;

/** A legacy row that became a record of the target, to be written unless the target holds it already. */
public record Accepted(LegacyRow source, TargetRecord record) implements Outcome {}
