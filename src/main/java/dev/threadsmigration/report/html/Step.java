package dev.threadsmigration.report.html;

import org.jspecify.annotations.Nullable;

/**
 * What to do next.
 *
 * @param run the command that does it; null where a person does
 */
record Step(String what, @Nullable String run) {}
