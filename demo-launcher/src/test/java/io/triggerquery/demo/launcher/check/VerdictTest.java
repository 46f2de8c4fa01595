package io.triggerquery.demo.launcher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void hasATableAndASentence() {
        Verdict verdict = new Verdict(
                new Comparison.Result(2_000, 1_990, List.of()),
                OptionalLong.of(8_000),
                OptionalLong.of(900),
                38_449_000_000L,
                List.of("1m: 0 of 40 checks were wrong, so at least 1.0 nines"));
        assertThat(verdict).hasToString("""
                payments  billed  differing  lost  triggers  queries  queries per trigger  seconds
                    2000    1990          0     0      8000      900                0.113     38.4
                Every payment's projection equals its billing.
                1m: 0 of 40 checks were wrong, so at least 1.0 nines
                """);
    }

    @Test
    void namesTheFirstTenFindings() {
        List<Comparison.Finding> findings = IntStream.range(0, 12)
                .mapToObj(i -> Comparison.Finding.unknownToBilling("p-" + i))
                .toList();
        Verdict verdict = new Verdict(
                new Comparison.Result(12, 0, findings), OptionalLong.empty(), OptionalLong.of(0), 0, List.of());
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.toString())
                .contains("      12       0          0    12       n/a        0                  n/a      0.0\n")
                .contains("p-9: unknown to billing\n    and 2 more\n")
                .doesNotContain("p-10");
    }
}
