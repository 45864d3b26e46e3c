/**
 * The comparison of legacy and target. It understands the transform but shares no code with the writer, so that it catches
 * a wrong writer, too.
 */
@NullMarked
package dev.threadsmigration.validation;

import org.jspecify.annotations.NullMarked;
