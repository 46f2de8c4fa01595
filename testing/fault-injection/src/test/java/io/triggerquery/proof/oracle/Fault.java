package io.triggerquery.proof.oracle;

import io.triggerquery.proof.child.Child;
import io.triggerquery.proof.world.Settings;
import io.triggerquery.proof.world.TinyDisk;
import io.triggerquery.proof.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What happens to a run while its services work. */
public enum Fault {
    /** Nothing. */
    NONE {
        @Override
        void play(Stage stage) {
            stage.workUntil(1);
        }
    },
    /** The services are killed with signal 9, again and again. */
    KILL {
        @Override
        void play(Stage stage) {
            for (int death = 1; death <= stage.deaths(); death++) {
                stage.workUntil((double) death / stage.deaths());
                stage.killAndRestart(death);
            }
        }
    },
    /** Nobody reaches the broker for longer than a send is tried. */
    BROKER_AWAY {
        @Override
        void play(Stage stage) {
            whileAway(stage, () -> stage.workUntil(0.7));
        }
    },
    /** The same, and the services are killed during the outage and right after it. */
    BROKER_AWAY_AND_KILL {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.2);
            cut(stage, () -> {
                for (int death = 1; death <= stage.deaths(); death++) {
                    stage.workUntil(0.2 + 0.6 * death / stage.deaths());
                    stage.killAndRestart(death);
                }
            });
            stage.workUntil(0.9);
            stage.killAndRestart(0);
            stage.workUntil(1);
        }
    },
    /** The broker itself is killed with signal 9 and started again. */
    BROKER_KILLED {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.3);
            stage.outage(stage.broker()::kill, () -> stage.workUntil(0.7), stage.broker()::start);
            stage.workUntil(1);
        }
    },
    /** The broker of one of three partitions is killed with signal 9 and started again; the others go on. */
    PARTLY_AWAY {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.3);
            stage.outage(stage.broker().second()::kill, () -> stage.workUntil(0.6), () -> {
                stage.awaitOtherPartition();
                stage.broker().second().start();
            });
            stage.workUntil(1);
        }

        @Override
        Scene scene(World world, Path spool) {
            world.broker().startSecond();
            return world.broker()::endSecond;
        }
    },
    /** The services are stopped and started again while nobody reaches the broker. */
    RESTART_IN_OUTAGE {
        @Override
        void play(Stage stage) {
            whileAway(stage, () -> {
                stage.workUntil(0.5);
                stage.restart();
                stage.workUntil(0.7);
            });
        }
    },
    /** The same, and they have another strategy then. */
    STRATEGY_CHANGE {
        @Override
        void play(Stage stage) {
            whileAway(stage, () -> {
                stage.workUntil(0.6);
                stage.changeStrategy();
            });
        }
    },
    /** The services' clocks are further ahead than a broker accepts. */
    CLOCK_AHEAD {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.3);
            stage.outage(
                    () -> stage.setClocks(Duration.ofHours(2)),
                    () -> stage.workUntil(0.7),
                    () -> stage.setClocks(Duration.ZERO));
            stage.workUntil(1);
        }

        @Override
        Map<String, String> settings() {
            return Map.of(Child.OWN_CLOCK, "true");
        }
    },
    /** The relay service is killed with signal 9, again and again, in and after an outage of the broker. */
    RELAY_DIES {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.3);
            cut(stage, () -> {
                for (int death = 1; death <= stage.deaths(); death++) {
                    stage.workUntil(0.3 + 0.4 * death / stage.deaths());
                    stage.requiredRelay().kill();
                    stage.requiredRelay().start();
                }
            });
            stage.workUntil(0.9);
            stage.requiredRelay().kill();
            stage.requiredRelay().start();
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
            // not until so much is done: perhaps nothing is accepted any more
            whileAway(stage, () -> {});
        }

        @Override
        Map<String, String> settings() {
            return Map.of(
                    Settings.ROOT + "memory-queue.max-entries", "300", Settings.ROOT + "disk-queue.max-entries", "300");
        }
    },
    /** While the broker is away, the disk becomes full, and stays so. */
    DISK_FULL {
        @Override
        void play(Stage stage) {
            whileAway(stage, stage::fillDisk);
        }

        @Override
        Scene scene(World world, Path spool) {
            return new TinyDisk(spool, TINY)::close;
        }
    };

    private static final int PERCENT = 5;

    /** What a spool takes at least: its reserve, its log and a little. */
    private static final String TINY = "12m";

    /** What a fault needs beside the services. */
    @FunctionalInterface
    interface Scene extends AutoCloseable {

        @Override
        void close();
    }

    private static void whileAway(Stage stage, Runnable meanwhile) {
        stage.workUntil(0.3);
        cut(stage, meanwhile);
        stage.workUntil(1);
    }

    private static void cut(Stage stage, Runnable meanwhile) {
        stage.outage(stage.broker().proxy()::cut, meanwhile, stage.broker().proxy()::heal);
    }

    abstract void play(Stage stage);

    /** Makes what it needs, before anything else of the run is there. */
    Scene scene(World world, Path spool) {
        return () -> {};
    }

    /** What the services are set to for it, by full names. */
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
