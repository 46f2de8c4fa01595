package io.triggerquery.proof.oracle;

import java.util.Locale;
import java.util.Map;

/** What happens to a run while its child works. */
public enum Fault {
    /** Nothing. */
    NONE {
        @Override
        void play(Stage stage) {
            stage.workUntil(1);
        }
    },
    /** The child is killed with signal 9, again and again. */
    KILL {
        @Override
        void play(Stage stage) {
            for (int death = 1; death <= stage.deaths(); death++) {
                stage.workUntil((double) death / stage.deaths());
                stage.killAndRestart();
            }
        }
    },
    /** Nobody reaches the broker for longer than a send is tried. */
    BROKER_AWAY {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.3);
            stage.cutBroker();
            stage.workUntil(0.7);
            stage.outageOver();
            stage.healBroker();
            stage.workUntil(1);
        }
    },
    /** The same, and the child is killed during the outage and right after it. */
    BROKER_AWAY_AND_KILL {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.2);
            stage.cutBroker();
            for (int death = 1; death <= stage.deaths(); death++) {
                stage.workUntil(0.2 + 0.6 * death / stage.deaths());
                stage.killAndRestart();
            }
            stage.outageOver();
            stage.healBroker();
            stage.workUntil(0.9);
            stage.killAndRestart();
            stage.workUntil(1);
        }
    },
    /** The broker itself is killed with signal 9 and started again. */
    BROKER_KILLED {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.3);
            stage.killBroker();
            stage.workUntil(0.7);
            stage.restartBroker();
            stage.workUntil(1);
        }
    },
    /** The relay service is killed with signal 9, again and again, in and after an outage of the broker. */
    RELAY_DIES {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.3);
            stage.cutBroker();
            for (int death = 1; death <= stage.deaths(); death++) {
                stage.workUntil(0.3 + 0.4 * death / stage.deaths());
                stage.relay().kill();
                stage.relay().start();
            }
            stage.outageOver();
            stage.healBroker();
            stage.workUntil(0.9);
            stage.relay().kill();
            stage.relay().start();
            stage.workUntil(1);
        }
    },
    /** Some commits succeed, and their answers never come. */
    COMMIT_ANSWER_LOST {
        @Override
        void play(Stage stage) {
            stage.loseCommits(() -> stage.database().loseAnswers(PERCENT));
        }
    },
    /** Some commits succeed a little after their clients have lost the connection. */
    COMMIT_LATE {
        @Override
        void play(Stage stage) {
            stage.loseCommits(() -> stage.database().commitLate(PERCENT));
        }
    },
    /** While the broker is away, more gathers than there may be. */
    QUEUE_FULL {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.3);
            stage.cutBroker();
            // not until so much is done: perhaps nothing is accepted any more
            stage.outageOver();
            stage.healBroker();
            stage.workUntil(1);
        }

        @Override
        Map<String, String> settings() {
            return Map.of("memory-queue.max-entries", "300", "disk-queue.max-entries", "300");
        }
    },
    /** While the broker is away, the disk becomes full, and stays so. */
    DISK_FULL {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.3);
            stage.cutBroker();
            stage.fillDisk();
            stage.outageOver();
            stage.healBroker();
            stage.workUntil(1);
        }
    };

    private static final int PERCENT = 5;

    abstract void play(Stage stage);

    /** What the producer is set to for it, without the common beginning. */
    Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one of that name. */
    public static Fault of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
