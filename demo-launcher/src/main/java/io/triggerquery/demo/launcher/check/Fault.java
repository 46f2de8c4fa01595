package io.triggerquery.demo.launcher.check;

import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.testbed.process.EnvironmentProblem;
import java.io.IOException;
import java.util.Set;

/**
 * A crash of a part during the check, and its restart.
 *
 * @param strike kills the part, which no longer runs on return
 * @param heal starts the part again, which may not be ready on return
 */
public record Fault(PartName victim, Runnable strike, Runnable heal) {

    /** Returns a crash of payment by the user's commands, such as {@code docker compose kill payment}. */
    public static Fault byCommands(String killCommand, String startCommand) {
        return new Fault(PartName.PAYMENT, () -> run(killCommand), () -> run(startCommand));
    }

    private static void run(String command) {
        try {
            int exit =
                    new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new EnvironmentProblem("The command '%s' ended with %d.".formatted(command, exit));
            }
        } catch (IOException e) {
            throw new EnvironmentProblem("Cannot run sh: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentProblem("Interrupted.", e);
        }
    }

    /** Returns whether payment crashes, which sends the triggers of new payments. */
    boolean hitsPayment() {
        return victim == PartName.PAYMENT;
    }

    /** Returns whether billing can issue a bill while the part is down. */
    boolean leavesBillingUp() {
        return Set.of(PartName.PAYMENT, PartName.BROKER).contains(victim);
    }
}
