package dev.threadsmigration.report;

import dev.threadsmigration.model.Entity;
import java.io.Console;
import java.lang.reflect.Method;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Progress as a bar, one for each entity. */
public final class TerminalScreen implements Progress.Screen {

    private static final int REDRAW_MS = 200;

    private @Nullable Entity entity;
    private @Nullable ProgressBar bar;

    private final int width;

    /**
     * Draws on a console of a known width. Left to itself, the bar asks JLine for the width, which takes the handler of
     * Ctrl-C away: the process would die at once instead of stopping well.
     */
    TerminalScreen(int width) {
        this.width = width;
    }

    /** A bar where somebody looks at a terminal, lines of the log elsewhere. */
    public static Progress.Screen choose() {
        return isTerminal() ? new TerminalScreen(TerminalWidth.columns()) : new LogScreen();
    }

    /** From Java 22 on there is a console even where there is no terminal; it must be asked. */
    public static boolean isTerminal() {
        if (System.console() == null) {
            return false;
        }
        try {
            Method isTerminal = Console.class.getMethod("isTerminal");
            return (Boolean) isTerminal.invoke(System.console());
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public void show(Progress.Snapshot snapshot) {
        if (bar == null || entity != snapshot.entity()) {
            close();
            entity = snapshot.entity();
            bar = new ProgressBarBuilder()
                    .setTaskName("%-8s".formatted(snapshot.entity().label()))
                    .setInitialMax(snapshot.total())
                    .startsFrom(snapshot.doneBefore(), Duration.ZERO)
                    .setUpdateIntervalMillis(REDRAW_MS)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, width))
                    .showSpeed()
                    .build();
        }
        bar.maxHint(Math.max(snapshot.total(), snapshot.done()));
        bar.stepTo(snapshot.done());
        bar.setExtraMessage(snapshot.rejected() == 0 ? "" : " " + snapshot.rejected() + " rejected");
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
