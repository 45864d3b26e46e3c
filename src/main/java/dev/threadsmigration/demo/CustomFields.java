package dev.threadsmigration.demo;

/** Composes the JSON of ordinary custom fields: nested, with numbers that a double would spoil. */
final class CustomFields {

    private static final String[] PRIORITIES = {"low", "normal", "normal", "high", "urgent"};
    private static final String[] TIERS = {"bronze", "silver", "gold", "platinum ✨"};
    private static final String[] AMOUNTS = {"0.10", "19.90", "1.000", "-3.50", "12345678901234.99", "2.5e-7", "0"};

    private final Phrases phrases;
    private final Chance chance;

    CustomFields(Phrases phrases, Chance chance) {
        this.phrases = phrases;
        this.chance = chance;
    }

    String next() {
        StringBuilder json = new StringBuilder(240);
        json.append("{\"priority\":\"").append(chance.pick(PRIORITIES)).append('"');
        json.append(",\"source\":\"").append(chance.pick(phrases.sources())).append('"');
        if (chance.percent(70)) {
            tags(json);
        }
        if (chance.percent(40)) {
            serviceLevel(json);
        }
        if (chance.percent(25)) {
            json.append(", \"refund\" : ").append(chance.pick(AMOUNTS));
        }
        if (chance.percent(15)) {
            json.append(",\"orderNumber\":90071992547").append(10_000_000 + chance.below(80_000_000));
        }
        if (chance.percent(20)) {
            json.append(",\"escalated\":").append(chance.percent(50)).append(",\"assignee\":null");
        }
        if (chance.percent(5)) {
            json.append(",\"note\":\"said \\\"call me\\\"\\n\\u00fcber C:\\\\temp \\ud83d\\ude80\"");
        }
        return json.append('}').toString();
    }

    private void tags(StringBuilder json) {
        json.append(",\"tags\":[");
        for (int left = chance.below(4); left > 0; left--) {
            json.append('"').append(chance.pick(phrases.tags())).append(left > 1 ? "\"," : "\"");
        }
        json.append(']');
    }

    private void serviceLevel(StringBuilder json) {
        json.append(",\"sla\":{\"hours\":").append(4 << chance.below(4));
        json.append(",\"tier\":{\"name\":\"").append(chance.pick(TIERS));
        json.append("\",\"credit\":").append(chance.pick(AMOUNTS));
        json.append(",\"contacts\":[{\"desk\":").append(chance.below(30)).append("}]}}");
    }
}
