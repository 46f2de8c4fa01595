package io.triggerquery.demo.launcher.check;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The result of a check, and its text.
 *
 * @param consistency what payment's consistency monitor has measured, by lines
 */
public record Verdict(
        Comparison.Result result, OptionalLong triggers, OptionalLong queries, long nanos, List<String> consistency) {

    private static final int SHOWN = 10;

    /** Returns 0 if every projection equals its source, otherwise 1. */
    public int exitCode() {
        return result.isClean() ? 0 : 1;
    }

    @Override
    public String toString() {
        String table = """
                payments  billed  differing  lost  triggers  queries  queries per trigger  seconds
                %8d  %6d  %9d  %4d  %8s  %7s  %19s  %7.1f
                """;
        return String.format(
                        Locale.ROOT,
                        table,
                        result.payments(),
                        result.billed(),
                        result.differing(),
                        result.lost(),
                        number(triggers),
                        number(queries),
                        ratio(),
                        nanos / 1e9)
                + sentence()
                + firstFindings()
                + consistency.stream().map(line -> line + "\n").collect(Collectors.joining());
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
                ? String.format(Locale.ROOT, "%.3f", (double) queries.getAsLong() / triggers.getAsLong())
                : "n/a";
    }

    private static String number(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : "n/a";
    }
}
