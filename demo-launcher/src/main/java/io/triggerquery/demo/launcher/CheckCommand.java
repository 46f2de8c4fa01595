package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.check.CheckPlan;
import io.triggerquery.demo.launcher.check.Fault;
import io.triggerquery.demo.launcher.check.Story;
import io.triggerquery.demo.launcher.check.Verdict;
import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.testbed.process.Lease;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        aliases = "--check",
        description = {
            "Makes payments, bills them, voids the bill, kills a part in the middle, bills again, and then compares"
                    + " every payment's projection with billing's own answer. Ends with 0 only if all are equal.",
            "Starts what does not run, and stops that again afterwards."
        })
final class CheckCommand implements Callable<Integer> {

    /** A deployment that the launcher did not start. */
    static final class Elsewhere {
        @Option(
                names = "--against",
                required = true,
                arity = "2",
                paramLabel = "URL",
                description = "Checks the deployment with these addresses of billing and payment; starts nothing.")
        List<URI> urls = List.of();

        @Option(
                names = "--kill-command",
                paramLabel = "COMMAND",
                description = "Kills payment there; without it, payment is not killed.")
        @Nullable
        String killCommand;

        @Option(
                names = "--start-command",
                paramLabel = "COMMAND",
                description = "Starts payment there again; without it, the deployment does that by itself.")
        String startCommand = "true";
    }

    @Option(names = "--payments", paramLabel = "COUNT", description = "How many to make (${DEFAULT-VALUE}).")
    int payments = 2_000;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description = "How long both may take to agree after the last fault (${DEFAULT-VALUE}).")
    int limitSeconds = 120;

    @Option(names = "--kill", paramLabel = "PART", description = "What to kill in the middle (${DEFAULT-VALUE}).")
    PartName victim = PartName.PAYMENT;

    @Mixin
    ProducerOption producer = new ProducerOption();

    @ArgGroup(exclusive = false)
    @Nullable
    Elsewhere elsewhere;

    @Spec
    @Nullable
    CommandSpec spec;

    private final Demo demo;

    CheckCommand(Demo demo) {
        this.demo = demo;
    }

    @Override
    public Integer call() {
        if (payments < 1 || limitSeconds < 1) {
            throw wrong("--payments and --limit must be 1 or more");
        }
        if (elsewhere != null && producer.strategy != null) {
            throw wrong(
                    "--producer is for the demo that ./demo starts; set PRODUCER_STRATEGY where the other one runs");
        }
        return elsewhere == null ? here(demo.choosing(producer.strategy)) : there(elsewhere);
    }

    private ParameterException wrong(String what) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
    }

    private int there(Elsewhere other) {
        Fault fault = other.killCommand == null ? null : Fault.byCommands(other.killCommand, other.startCommand);
        return runCheck(other.urls.get(0), other.urls.get(1), fault);
    }

    private int here(Demo demo) {
        try (Lease lease = Lease.take(demo.settings().lock("check"), "Another check is already running");
                Session session = new Session(demo)) {
            demo.part(victim);
            session.closeOnExit();
            session.startAll();
            URI billing = URI.create(demo.settings().url(PartName.BILLING));
            URI payment = URI.create(demo.settings().url(PartName.PAYMENT));
            int exit =
                    runCheck(billing, payment, new Fault(victim, () -> demo.kill(victim), () -> session.start(victim)));
            if (exit != 0 && demo.producer().losesTriggers()) {
                System.out.printf(
                        "With --producer %s this is expected: triggers are lost when a part is killed,"
                                + " in this check or before."
                                + " See docs/demo.md.%n%n",
                        demo.producer());
            }
            return exit;
        }
    }

    private int runCheck(URI billing, URI payment, @Nullable Fault fault) {
        CheckPlan plan = new CheckPlan(billing, payment, payments, Duration.ofSeconds(limitSeconds));
        Verdict verdict = new Story(plan, fault, line -> demo.console().say("check", line)).run();
        System.out.printf("%n%s%n", verdict);
        return verdict.exitCode();
    }
}
