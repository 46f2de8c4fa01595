package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.child.Child;
import io.triggerquery.faultinjection.world.Settings;
import io.triggerquery.faultinjection.world.TinyDisk;
import io.triggerquery.faultinjection.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The faults during a run. */
public enum Fault {
    /** No fault. */
    NONE {
        @Override
        void play(Stage stage) {
            stage.workUntil(1);
        }
    },
    /** The services are killed with signal 9 repeatedly. */
    KILL {
        @Override
        void play(Stage stage) {
            for (int death = 1; death <= stage.deaths(); death++) {
                stage.workUntil((double) death / stage.deaths());
                stage.killAndRestart(death);
            }
        }
    },
    /** The broker cannot be reached for longer than a send is tried. */
    BROKER_AWAY {
        @Override
        void play(Stage stage) {
            whileAway(stage, () -> stage.workUntil(0.7));
        }
    },
    /** The broker cannot be reached, and the services are killed during the outage and right after it. */
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
    /** The broker is killed with signal 9 and started again. */
    BROKER_KILLED {
        @Override
        void play(Stage stage) {
            stage.workUntil(0.3);
            stage.outage(stage.broker()::kill, () -> stage.workUntil(0.7), stage.broker()::start);
            stage.workUntil(1);
        }
    },
    /** The broker of one of three partitions is killed with signal 9 and started again; the others continue. */
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
    /** The services are stopped and started again while the broker cannot be reached. */
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
    /** The services are stopped without a broker, and started again with another strategy. */
    STRATEGY_CHANGE {
        @Override
        void play(Stage stage) {
            whileAway(stage, () -> {
                stage.workUntil(0.6);
                stage.changeStrategy();
            });
        }
    },
    /** The services' clocks are further ahead than the broker accepts. */
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
    /** The relay service is killed with signal 9 repeatedly, during and after an outage of the broker. */
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
    /** Some commits succeed, and their answers are lost. */
    COMMIT_ANSWER_LOST {
        @Override
        void play(Stage stage) {
            stage.loseCommits(() -> stage.database().loseAnswers(PERCENT));
        }
    },
    /** Some commits succeed after their clients have lost the connection. */
    COMMIT_LATE {
        @Override
        void play(Stage stage) {
            stage.loseCommits(() -> stage.database().commitLate(PERCENT));
        }
    },
    /** The broker cannot be reached, and the backlog exceeds its bound. */
    QUEUE_FULL {
        @Override
        void play(Stage stage) {
            // not until a number of changes, since no more may be accepted
            whileAway(stage, () -> {});
        }

        @Override
        Map<String, String> settings() {
            return Map.of(
                    Settings.ROOT + "memory-queue.max-entries", "300", Settings.ROOT + "disk-queue.max-entries", "300");
        }
    },
    /** The broker cannot be reached, and the disk becomes and stays full. */
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

    /** The lowest size of a spool: its reserve, its log and some rows. */
    private static final String TINY = "12m";

    /** The resources that a fault needs in addition to the services. */
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
        stage.outage(stage.broker().proxy()::cut, meanwhile, stage.broker().proxy()::restore);
    }

    abstract void play(Stage stage);

    /** Creates the resources of the fault, before the rest of the run. */
    Scene scene(World world, Path spool) {
        return () -> {};
    }

    /** Returns the services' settings for the fault, by full name. */
    Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the fault of this name. */
    public static Fault of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
