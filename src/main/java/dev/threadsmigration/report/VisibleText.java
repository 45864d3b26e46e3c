package dev.threadsmigration.report;

/** Text of unknown origin, of which nothing can hide or steer a terminal. */
public final class VisibleText {

    private VisibleText() {}

    /** Shows control characters by Unicode's pictures of them, and what is no character as such; lines and tabs stay. */
    public static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c < ' ' && c != '\n' && c != '\t') {
                visible.appendCodePoint('␀' + c);
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE || c >= 0x7f && c < 0xa0) {
                visible.append('\ufffd');
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }
}
