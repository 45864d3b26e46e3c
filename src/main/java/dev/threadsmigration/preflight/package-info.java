/** The checks before anything is touched, and the plan that follows from what they find. */
@NullMarked
package dev.threadsmigration.preflight;

import org.jspecify.annotations.NullMarked;
