package io.triggerquery.consumer.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.monitor.Projected.Existence;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The judgement of checks of both sides. A side is a version, {@code -} for nothing, or {@code f} for a state without a
 * version; {@code x} precedes the version of a deletion or tombstone, and {@code ?} one that may be either.
 */
class JudgementTest {

    private static Look look(String source, String projection) {
        Snapshot<?> answer = switch (source.charAt(0)) {
            case '-' -> Snapshot.absent("id");
            case 'f' -> Snapshot.found("id", "state");
            case 'x' -> Snapshot.absent("id", Long.parseLong(source.substring(1)));
            default -> Snapshot.found("id", "state", Long.parseLong(source));
        };
        Projected projected = switch (projection.charAt(0)) {
            case '-' -> null;
            case 'x' -> new Projected(Long.parseLong(projection.substring(1)), Existence.TOMBSTONE);
            case '?' -> new Projected(Long.parseLong(projection.substring(1)), Existence.UNKNOWN);
            default -> new Projected(Long.parseLong(projection), Existence.STATE);
        };
        return new Look(answer, projected);
    }

    private static String name(Verdict verdict) {
        return verdict.getClass().getSimpleName().toLowerCase();
    }

    @ParameterizedTest(name = "source {0}, projection {1}: {2}")
    @CsvSource({
        "5, 5, EQUAL",
        "5, 4, OLDER",
        "5, ?4, OLDER",
        "5, 6, AHEAD",
        "5, -, ABSENT_HERE",
        "5, x4, ABSENT_HERE",
        "5, x5, ABSENT_HERE",
        "5, x6, AHEAD",
        "f, 0, EQUAL",
        "f, -, ABSENT_HERE",
        "f, x0, ABSENT_HERE",
        "-, -, EQUAL",
        "-, x4, EQUAL",
        "-, 4, ORPHAN",
        "-, ?4, UNKNOWN",
        "x5, -, EQUAL",
        "x5, x4, EQUAL",
        "x5, 4, ORPHAN",
        "x5, 5, ORPHAN",
        "x5, ?4, ORPHAN",
        "x5, ?5, EQUAL",
        "x5, 6, AHEAD",
    })
    void comparesSides(String source, String projection, Look.Comparison comparison) {
        assertThat(look(source, projection).compare()).isEqualTo(comparison);
    }

    @ParameterizedTest(name = "trigger {0}, open {1}, source {2}, projection {3}: {4}")
    @CsvSource({
        "5, false, 5, 5, right", // equality proves nothing, but the source has the same version
        "5, false, 6, 5, suspect", // the trigger may have been for 6
        "5, false, 6, 4, wrong",
        "6, false, 5, 4, suspect", // the sender may be one too high
        "6, false, 5, 5, right", // the id may have been created again at a lower version
        "6, true, 5, 5, wrong", // the engine waits for 6
        "5, true, 6, 5, wrong",
        "5, true, 5, 6, suspect", // the projection already has a newer version
        "5, false, 6, -, suspect",
        "5, true, 6, -, wrong",
        "5, false, 6, x4, suspect", // the id may have been created again just now
        "5, false, -, 4, suspect",
        "5, true, -, ?4, undecided",
    })
    void judgesFirstCheck(long version, boolean open, String source, String projection, String verdict) {
        assertThat(name(Judgement.first(look(source, projection), OptionalLong.of(version), () -> open)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0}/{1}, later {2}/{3}: {4}")
    @CsvSource({
        "5, 4, 5, 5, right",
        "5, 4, 5, 4, wrong",
        "5, 4, 7, 6, right", // 5 has been applied, 7 is in progress
        "5, 4, 7, 5, right",
        "5, 4, 7, 4, wrong",
        "5, 4, 7, -, wrong",
        "5, 4, -, -, right", // deleted on both sides
        "5, 4, -, 4, undecided", // perhaps deleted just now
        "5, -, 5, -, wrong",
        "f, -, f, -, wrong",
        "f, -, f, 0, right",
        "5, x4, 5, x4, wrong",
        "5, x4, 5, x5, wrong", // a tombstone of the version that the source has
        "5, x4, 6, x5, undecided", // 5 was deleted, 6 is in progress
        "5, x4, 7, x6, right", // 5 and 6 have been applied
        "-, 4, -, 4, wrong",
        "-, 4, -, 5, undecided", // it existed in between
        "-, 4, 6, 5, undecided",
        "-, 4, -, x4, right",
        "5, 6, 5, 6, wrong", // the second answer is older than the projection before the query
        "5, 6, 6, 7, undecided", // a change at each check
        "5, 6, 7, 7, right",
        "x5, 6, x5, 6, wrong",
        "5, 6, 5, 5, right", // the id was created again at a lower version
    })
    void judgesSecondCheck(
            String source, String projection, String laterSource, String laterProjection, String verdict) {
        assertThat(name(Judgement.second(look(source, projection), look(laterSource, laterProjection), () -> false)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "f, -, undecided",
        "-, 0, undecided", // without versions
        "5, -, wrong",
        "-, 4, wrong",
        "5, 4, wrong", // the version is the same
    })
    void equalChecksProveDifferenceByVersionDespiteAppliedTrigger(String source, String projection, String verdict) {
        Look look = look(source, projection);

        assertThat(name(Judgement.second(look, look, () -> true))).isEqualTo(verdict);
        assertThat(name(Judgement.second(look, look, () -> false))).isEqualTo("wrong");
    }
}
