package dev.threadsmigration.preflight;

import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.target.TargetTable;

/**
 * How one entity is moved.
 *
 * @param idExpression what rows of one id have in common, as SQL on the legacy table; empty where ids cannot repeat
 * @param total legacy rows when they were counted
 */
public record EntityPlan(MappingRules rules, TargetTable table, String idExpression, long total) {}
