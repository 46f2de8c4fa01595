package io.triggerquery.demo.launcher.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.testbed.process.EnvironmentProblem;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoryTest {

    private final List<String> lines = new ArrayList<>();
    private FakeServices services;

    @BeforeEach
    void start() throws IOException {
        services = new FakeServices();
    }

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void succeedsWhenAllProjectionsConverge() {
        services.both("earlier", new Billed(false, null, 1));
        Verdict verdict = story(null).run();
        assertThat(verdict.exitCode()).isZero();
        assertThat(verdict.toString())
                .startsWith("payments  billed  differing  lost  triggers  queries  queries per trigger  seconds\n"
                        + "    1201    1201          0     0       n/a      n/a                  n/a  ");
        assertThat(lines).contains("bill bill-1 voided", "payment is not killed: there is no --kill-command");
    }

    @Test
    void failsWithTheIdsWhenATriggerIsLost() {
        services.lostTriggerId = "p-7";
        Verdict verdict = story(null).run();
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.toString())
                .contains("NOT EQUAL: 1 of 1200 payments.")
                .contains("    p-7: payment shows not billed, version 1; billing answers billed by bill-");
    }

    @Test
    void paymentIsKilledAfterTheVoidAndRestartedLater() {
        services.metrics.put("triggers", 100);
        services.metrics.put("queries", 50);
        Verdict verdict = story(new Fault(
                        PartName.PAYMENT,
                        () -> {
                            assertThat(lines).contains("1080 payments created, 0 existed before", "bill bill-1 voided");
                            assertThat(services.projections).hasSize(1_200);
                            services.metrics.put("triggers", 30);
                        },
                        () -> {
                            assertThat(lines.get(lines.size() - 1)).startsWith("bill bill-2 issued over 1200");
                        }))
                .run();
        // one server stands in for both services: each counts from 100, restarts at zero and reaches 30
        assertThat(verdict.toString()).contains("    60 ").contains("    0 ").contains("0.000");
        assertThat(lines).contains("payment killed while triggers are being sent");
    }

    @Test
    void paymentsProjectedAfterTheSecondBillAreBilledToo() {
        Verdict verdict = story(new Fault(
                        PartName.PAYMENT,
                        () -> {
                            services.removeFromBilling("p-1199");
                        },
                        () -> {
                            assertThat(lines.get(lines.size() - 1)).startsWith("bill bill-2 issued over 1199");
                            services.both("p-1199", new Billed(false, null, 1));
                        }))
                .run();
        assertThat(lines).contains("bill bill-3 issued over 1 payments");
        assertThat(verdict.exitCode()).isZero();
    }

    @Test
    void billingIsKilledAfterTheSecondBill() {
        story(new Fault(PartName.BILLING, () -> {}, () -> {})).run();
        assertThat(lines)
                .containsSubsequence(
                        "1200 payments created, 0 existed before",
                        "bill bill-1 voided",
                        "bill bill-2 issued over 1200 payments",
                        "billing killed while triggers are being sent",
                        "billing started again");
    }

    @Test
    void unavailableServiceIsAnEnvironmentProblem() {
        CheckPlan plan = new CheckPlan(services.url(), services.url(), 1, Duration.ZERO);
        services.close();
        assertThatThrownBy(() -> new Story(plan, null, lines::add).run())
                .isInstanceOf(EnvironmentProblem.class)
                .hasMessageStartingWith("The check could not continue: GET " + plan.payment() + "/api/payments");
    }

    private Story story(@Nullable Fault fault) {
        URI url = services.url();
        return new Story(new CheckPlan(url, url, 1_200, Duration.ZERO), fault, lines::add);
    }
}
