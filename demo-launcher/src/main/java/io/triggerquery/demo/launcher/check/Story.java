package io.triggerquery.demo.launcher.check;

import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.Pause;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable Fault fault;
    private final Consumer<String> progress;
    private final Services services;
    // the number of payments that are created right before payment is killed
    private final int late;

    /** Creates a run; without a fault for a deployment whose processes cannot be killed. */
    public Story(CheckPlan plan, @Nullable Fault fault, Consumer<String> progress) {
        this.plan = plan;
        this.fault = fault;
        this.progress = progress;
        this.services = new Services(plan.billing(), plan.payment());
        this.late = fault != null && fault.hitsPayment() ? plan.payments() / LATE_PART : 0;
    }

    /** Runs the check. Failure: an {@link EnvironmentProblem} if a service does not answer as expected. */
    public Verdict run() {
        long start = System.nanoTime();
        try {
            Counter triggers = new Counter("triggerquery.triggers", services);
            Counter queries = new Counter("triggerquery.queries", services);
            Set<String> before = services.payments().keySet();
            Set<String> created = create(before);
            billAndVoid();
            triggers.sample();
            queries.sample();
            billAgain();
            if (late > 0) {
                created = poll(() -> createdSince(before, plan.payments()), all -> true);
                awaitKnown(created);
                billRemaining(created);
            }
            Set<String> all = created;
            say(
                    "waiting until both agree on every payment, at most %d s",
                    plan.limit().toSeconds());
            Comparison.Result result = poll(
                    () -> {
                        triggers.sample();
                        queries.sample();
                        return Comparison.run(services, all);
                    },
                    Comparison.Result::isClean);
            return new Verdict(
                    result, triggers.increase(), queries.increase(), System.nanoTime() - start, services.consistency());
        } catch (IOException e) {
            throw new EnvironmentProblem("The check could not continue: " + e.getMessage(), e);
        }
    }

    private Set<String> create(Set<String> before) throws IOException {
        services.createPayments(plan.payments() - late);
        Set<String> created = createdSince(before, plan.payments() - late);
        say("%d payments created, %d existed before", created.size(), before.size());
        awaitKnown(created);
        return created;
    }

    private Set<String> createdSince(Set<String> before, int count) throws IOException {
        Set<String> created = new HashSet<>(services.payments().keySet());
        created.removeAll(before);
        if (created.size() < count) {
            throw new IOException(
                    "asked for %d sample payments, and found %d new ones".formatted(count, created.size()));
        }
        return created;
    }

    private void awaitKnown(Set<String> created) throws IOException {
        Set<String> unknown = new HashSet<>(created);
        poll(() -> unknown.removeAll(services.billings(unknown).keySet()), changed -> unknown.isEmpty());
        // the comparison reports those that are still unknown
        say(
                unknown.isEmpty() ? "billing has all of them" : "%d of them are still unknown to billing after %s",
                unknown.size(),
                plan.limit());
    }

    private void billAndVoid() throws IOException {
        Services.Bill bill = issueBill();
        if (bill.count() > 0) {
            services.voidBill(bill);
            say("bill %s voided", bill.id());
        }
    }

    private void billAgain() throws IOException {
        if (fault == null) {
            say("payment is not killed: there is no --kill-command");
            issueBill();
        } else if (fault.leavesBillingUp()) {
            services.createPayments(late);
            kill(fault);
            issueBill();
            heal(fault);
        } else {
            issueBill();
            kill(fault);
            heal(fault);
        }
    }

    private void kill(Fault fault) {
        fault.strike().run();
        say("%s killed while triggers are being sent", fault.victim());
    }

    private void heal(Fault fault) {
        fault.heal().run();
        say("%s started again", fault.victim());
    }

    // bills payments that reached billing after the second bill
    private void billRemaining(Set<String> created) throws IOException {
        if (!services.billings(created).values().stream().allMatch(Billed::billed)) {
            issueBill();
        }
    }

    private Services.Bill issueBill() throws IOException {
        Services.Bill bill = services.issueBill();
        say("bill %s issued over %d payments", bill.id(), bill.count());
        return bill;
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }

    // Repeats the attempt until it is done or the limit has passed; a service that was started again may not answer
    // yet.
    private <T> T poll(Attempt<T> attempt, Predicate<T> done) throws IOException {
        long end = System.nanoTime() + plan.limit().toNanos();
        while (true) {
            boolean last = System.nanoTime() - end >= 0;
            try {
                T result = attempt.run();
                if (last || done.test(result)) {
                    return result;
                }
            } catch (IOException e) {
                if (last) {
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
