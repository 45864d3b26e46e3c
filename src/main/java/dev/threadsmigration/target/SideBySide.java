package dev.threadsmigration.target;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs statements that have nothing to do with each other, each on a connection of its own. */
final class SideBySide {

    private SideBySide() {}

    /**
     * Returns when all have ended, well or not.
     *
     * @param most how many run at once
     * @throws RuntimeException what one of them threw
     */
    static void run(int most, List<Runnable> works) {
        ExecutorService executor = Executors.newFixedThreadPool(most);
        try {
            CompletableFuture.allOf(works.stream()
                            .map(work -> CompletableFuture.runAsync(work, executor))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            executor.shutdown();
        }
    }
}
