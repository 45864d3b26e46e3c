/** The Spring Batch jobs: one configuration each, wiring only. */
@NullMarked
package dev.threadsmigration.job;

import org.jspecify.annotations.NullMarked;
