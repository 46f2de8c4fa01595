package io.triggerquery.demo.launcher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Billed UNBILLED = new Billed(false, null, 1);
    private static final Billed BILLED = new Billed(true, "bill-1", 2);

    private FakeServices services;
    private Services both;

    @BeforeEach
    void start() throws IOException {
        services = new FakeServices();
        both = new Services(services.url(), services.url());
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void hasNoFindingsWhenAllAreEqual() throws IOException {
        services.both("a", UNBILLED);
        services.both("b", BILLED);
        assertThat(Comparison.run(both, Set.of("b"))).isEqualTo(new Comparison.Result(2, 1, java.util.List.of()));
    }

    @Test
    void findsDifferencesInFlagBillAndVersion() throws IOException {
        services.both("flag", BILLED);
        services.projections.put("flag", new Billed(false, "bill-1", 2));
        services.both("bill", BILLED);
        services.projections.put("bill", new Billed(true, "bill-0", 2));
        services.both("version", BILLED);
        services.projections.put("version", new Billed(true, "bill-1", 1));

        Comparison.Result result = Comparison.run(both, Set.of());
        assertThat(result.findings()).extracting(Comparison.Finding::id).containsExactly("flag", "bill", "version");
        assertThat(result.differing()).isEqualTo(3);
        assertThat(result.lost()).isZero();
        assertThat(result.findings().get(1))
                .hasToString(
                        "bill: payment shows billed by bill-0, version 2; billing answers billed by bill-1, version 2");
    }

    @Test
    void findsLostPaymentsOnEitherSide() throws IOException {
        services.paymentOnly("unknown");
        services.paymentOnly("not projected");
        services.billings.put("not projected", UNBILLED);

        Comparison.Result result = Comparison.run(both, Set.of("vanished"));
        assertThat(result.findings())
                .containsExactly(
                        Comparison.Finding.unknownToBilling("unknown"),
                        Comparison.Finding.notProjected("not projected", UNBILLED),
                        Comparison.Finding.vanished("vanished"));
        assertThat(result.lost()).isEqualTo(3);
        assertThat(result.differing()).isZero();
    }

    @Test
    void requiresABillOnlyForPaymentsOfThisRun() throws IOException {
        services.both("old", UNBILLED);
        services.both("new", UNBILLED);
        Comparison.Result result = Comparison.run(both, Set.of("new"));
        assertThat(result.findings()).containsExactly(Comparison.Finding.notBilled("new"));
        assertThat(result.differing()).isEqualTo(1);
    }

    @Test
    void readsAllPagesAndQueriesAtMost500IdsPerCall() throws IOException {
        for (int i = 0; i < 1_234; i++) {
            services.both(Integer.toString(i), BILLED);
        }
        services.projections.put("1233", UNBILLED);
        Comparison.Result result = Comparison.run(both, Set.of());
        assertThat(result.payments()).isEqualTo(1_234);
        assertThat(result.billed()).isEqualTo(1_233);
        assertThat(result.findings()).extracting(Comparison.Finding::id).containsExactly("1233");
        assertThat(services.pages).isEqualTo(3);
        assertThat(services.largestQuery).isBetween(1, 500);
    }
}
