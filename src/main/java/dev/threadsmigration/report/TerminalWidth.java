package dev.threadsmigration.report;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How many columns of the terminal can be filled without a wrap. */
final class TerminalWidth {

    private static final int USUAL = 80;
    private static final int LONGEST_WAIT_SECONDS = 1;

    private TerminalWidth() {}

    /** Asks {@code stty}; 80 where it cannot say. */
    static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                stty.destroy();
                return USUAL;
            }
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
            return columns > 1 ? columns - 1 : USUAL;
        } catch (IOException | NumberFormatException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }
}
