package dev.threadsmigration.report.html;

import org.jspecify.annotations.Nullable;

/**
 * One side of a difference.
 *
 * @param before what both sides begin with
 * @param differs what only this one has
 * @param after what both sides end with
 */
record Side(boolean absent, String before, String differs, String after) {

    private static final int WORTH_MARKING = 3;

    /** One side as it stands beside the other. */
    static Side of(@Nullable String text, @Nullable String other) {
        if (text == null) {
            return new Side(true, "", "", "");
        }
        String shown = Shown.text(text);
        if (other == null) {
            return new Side(false, "", shown, "");
        }
        String beside = Shown.text(other);
        int least = Math.min(shown.length(), beside.length());
        int begin = 0;
        while (begin < least && shown.charAt(begin) == beside.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < least - begin
                && shown.charAt(shown.length() - 1 - end) == beside.charAt(beside.length() - 1 - end)) {
            end++;
        }
        begin = whole(shown, begin);
        end = shown.length() - whole(shown, shown.length() - end);
        return begin + end < WORTH_MARKING
                ? new Side(false, "", shown, "")
                : new Side(
                        false,
                        shown.substring(0, begin),
                        shown.substring(begin, shown.length() - end),
                        shown.substring(shown.length() - end));
    }

    /** A position that splits no character in two. */
    private static int whole(String text, int position) {
        boolean splits = position > 0
                && position < text.length()
                && Character.isLowSurrogate(text.charAt(position))
                && Character.isHighSurrogate(text.charAt(position - 1));
        return splits ? position - 1 : position;
    }
}
