package io.triggerquery.demo.launcher.check;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The result of a check, and its text. */
public final class Verdict {

    private static final int SHOWN = 10;

    private final Comparison.Result result;
    private final OptionalLong triggers;
    private final OptionalLong queries;
    private final long nanos;

    Verdict(Comparison.Result result, OptionalLong triggers, OptionalLong queries, long nanos) {
        this.result = result;
        this.triggers = triggers;
        this.queries = queries;
        this.nanos = nanos;
    }

    /** Returns 0 if every projection equals its source, otherwise 1. */
    public int exitCode() {
        return result.isClean() ? 0 : 1;
    }

    @Override
    public String toString() {
        Table table = new Table(
                        "payments",
                        "billed",
                        "differing",
                        "lost",
                        "triggers",
                        "queries",
                        "queries per trigger",
                        "seconds")
                .row(
                        Integer.toString(result.payments()),
                        Integer.toString(result.billed()),
                        Long.toString(result.differing()),
                        Long.toString(result.lost()),
                        number(triggers),
                        number(queries),
                        ratio(),
                        decimal("%.1f", nanos / 1e9));
        return table + sentence() + firstFindings();
    }

    private String sentence() {
        return result.isClean()
                ? "Every payment's projection equals its billing.\n"
                : "NOT EQUAL: %d of %d payments.%n".formatted(result.findings().size(), result.payments());
    }

    private String firstFindings() {
        List<Comparison.Finding> findings = result.findings();
        String shown = findings.stream()
                .limit(SHOWN)
                .map(finding -> "    " + finding + "\n")
                .collect(Collectors.joining());
        return findings.size() > SHOWN ? shown + "    and %d more%n".formatted(findings.size() - SHOWN) : shown;
    }

    private String ratio() {
        return triggers.isPresent() && queries.isPresent() && triggers.getAsLong() > 0
                ? decimal("%.3f", (double) queries.getAsLong() / triggers.getAsLong())
                : "n/a";
    }

    private static String number(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : "n/a";
    }

    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
