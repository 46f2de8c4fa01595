package io.triggerquery.demo.launcher.check;

import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.Pause;
import java.io.IOException;
import java.time.Clock;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One run of the check: creates payments, bills them, voids the bill, kills a part, bills all payments again, and waits
 * until both services agree on every payment.
 *
 * <p>A service is killed right after a change of its own, while its triggers are being sent: billing after the second
 * bill, payment after a tenth of its payments.
 */
public final class Story {

    private static final int POLL_MILLIS = 500;
    private static final int LATE_PART = 10;

    private final CheckPlan plan;
    private final Fault fault;
    private final Consumer<String> progress;
    private final PaymentApi payment;
    private final BillingApi billing;
    private final Comparison comparison;

    public Story(CheckPlan plan, Fault fault, Consumer<String> progress) {
        this.plan = plan;
        this.fault = fault;
        this.progress = progress;
        this.payment = new PaymentApi(plan.payment());
        this.billing = new BillingApi(plan.billing());
        this.comparison = new Comparison(payment, billing);
    }

    /** Runs the check. Failure: an {@link EnvironmentProblem} if a service does not answer as expected. */
    public Verdict run() {
        long start = System.nanoTime();
        try {
            Traffic traffic = new Traffic(plan.billing(), plan.payment());
            Set<String> before = payment.all().keySet();
            Set<String> created = create(before);
            awaitKnown(created);
            billTwice(traffic);
            if (late() > 0) {
                created.addAll(createdSinceRestart(before));
                awaitKnown(created);
                billRemaining(created);
            }
            Comparison.Result result = awaitEqual(created, traffic);
            return new Verdict(result, traffic.triggers(), traffic.queries(), System.nanoTime() - start);
        } catch (IOException e) {
            throw new EnvironmentProblem("The check could not continue: " + e.getMessage(), e);
        }
    }

    /** Returns the number of payments that are created right before payment is killed. */
    private int late() {
        return fault.hitsPayment() ? plan.payments() / LATE_PART : 0;
    }

    private Set<String> create(Set<String> before) throws IOException {
        int count = plan.payments() - late();
        payment.createSamples(count);
        Set<String> created = createdSince(before, count);
        say("%d payments created, %d existed before", created.size(), before.size());
        return created;
    }

    private Set<String> createdSince(Set<String> before, int count) throws IOException {
        Set<String> created = new HashSet<>(payment.all().keySet());
        created.removeAll(before);
        if (created.size() < count) {
            throw new IOException(
                    "asked for %d sample payments, and found %d new ones".formatted(count, created.size()));
        }
        return created;
    }

    // a service that the user's command starts may need time before it answers
    private Set<String> createdSinceRestart(Set<String> before) throws IOException {
        Deadline deadline = new Deadline(plan.limit());
        while (true) {
            try {
                return createdSince(before, plan.payments());
            } catch (IOException e) {
                if (deadline.isOver()) {
                    throw e;
                }
            }
            Pause.millis(POLL_MILLIS);
        }
    }

    private void awaitKnown(Set<String> created) throws IOException {
        Deadline deadline = new Deadline(plan.limit());
        Set<String> unknown = new HashSet<>(created);
        unknown.removeAll(billing.billings(unknown).keySet());
        while (!unknown.isEmpty()) {
            if (deadline.isOver()) {
                // the comparison reports them
                say("%d of them are still unknown to billing after %s", unknown.size(), plan.limit());
                return;
            }
            Pause.millis(POLL_MILLIS);
            unknown.removeAll(billing.billings(unknown).keySet());
        }
        say("billing has all of them");
    }

    private void billTwice(Traffic traffic) throws IOException {
        YearMonth month = month();
        BillingApi.Bill first = billing.issue(month);
        say("bill %s issued over %d payments", first.id(), first.count());
        if (first.count() > 0) {
            billing.voidBill(first);
            say("bill %s voided", first.id());
        }
        traffic.sample();
        if (fault instanceof Fault.None none) {
            say("payment is not killed: %s", none.why());
            issueAgain(month);
        } else if (fault.leavesBillingUp()) {
            if (late() > 0) {
                payment.createSamples(late());
            }
            kill();
            issueAgain(month);
            heal();
        } else {
            issueAgain(month);
            kill();
            heal();
        }
    }

    private void kill() {
        fault.strike();
        say("%s killed while triggers are being sent", fault.victim());
    }

    private void heal() {
        fault.heal();
        say("%s started again", fault.victim());
    }

    // bills payments that reached billing after the second bill
    private void billRemaining(Set<String> created) throws IOException {
        if (!billing.billings(created).values().stream().allMatch(Billed::billed)) {
            issueAgain(month());
        }
    }

    private static YearMonth month() {
        return YearMonth.now(Clock.systemUTC());
    }

    private void issueAgain(YearMonth month) throws IOException {
        BillingApi.Bill next = billing.issue(month);
        say("bill %s issued over %d payments", next.id(), next.count());
    }

    private Comparison.Result awaitEqual(Set<String> created, Traffic traffic) throws IOException {
        say(
                "waiting until both agree on every payment, at most %d s",
                plan.limit().toSeconds());
        Deadline deadline = new Deadline(plan.limit());
        while (true) {
            traffic.sample();
            try {
                Comparison.Result result = comparison.run(created);
                if (result.isClean() || deadline.isOver()) {
                    return result;
                }
            } catch (IOException e) {
                // a service that the user's command starts may need time before it answers
                if (deadline.isOver()) {
                    throw e;
                }
            }
            Pause.millis(POLL_MILLIS);
        }
    }

    private void say(String format, Object... arguments) {
        progress.accept(String.format(Locale.ROOT, format, arguments));
    }
}
