package dev.threadsmigration.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody most likely meant. */
public final class NearestWord {

    private NearestWord() {}

    /** The candidate with the smallest edit distance to {@code word}, if it is near enough to be meant. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(2, candidate.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** {@code ", did you mean 'x'?"}, or nothing where no candidate is near. */
    public static String hint(String word, Collection<String> candidates) {
        return to(word, candidates)
                .map(nearest -> ", did you mean '" + nearest + "'?")
                .orElse("");
    }

    /** The end of a sentence that says what is wrong: {@code ", did you mean 'x'?"}, or a full stop. */
    public static String question(String word, Collection<String> candidates) {
        String hint = hint(word, candidates);
        return hint.isEmpty() ? "." : hint;
    }

    /** Levenshtein's distance, upper and lower case being the same. */
    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
