/** What people and scripts are told: progress, the summary, the report, the error file. */
@NullMarked
package dev.threadsmigration.report;

import org.jspecify.annotations.NullMarked;
