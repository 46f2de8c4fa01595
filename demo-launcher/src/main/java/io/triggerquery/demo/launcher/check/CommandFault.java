package io.triggerquery.demo.launcher.check;

import io.triggerquery.testbed.process.EnvironmentProblem;
import java.io.IOException;

/** A crash by the user's commands, such as {@code docker compose kill payment}. */
public record CommandFault(String killCommand, String startCommand) implements Fault {

    @Override
    public void strike() {
        run(killCommand);
    }

    @Override
    public void heal() {
        run(startCommand);
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
}
