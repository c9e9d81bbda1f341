package io.laminar.testing.chaos;

import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.LaminarCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Brings faults about. Returns when everything is there again, which is before the job goes on. */
final class Havoc {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int FAILED_CHECKPOINTS = 2;

    private final Plant plant;
    private final ChaosJob job;
    private final Schedule schedule;
    private final Progress progress;
    private final Feeder feeder;
    private final String table;
    private int parallelism = Plant.ALL_SLOTS;

    /** @param table of the totals */
    Havoc(Plant plant, ChaosJob job, Schedule schedule, Progress progress, Feeder feeder, String table) {
        this.plant = plant;
        this.job = job;
        this.schedule = schedule;
        this.progress = progress;
        this.feeder = feeder;
        this.table = table;
    }

    /** @return what was chosen about it, in words; may be empty */
    String strike(Fault fault) {
        return switch (fault) {
            case WORKER_KILLED -> {
                ChildProcess victim = worker();
                victim.kill();
                plant.addWorker();
                yield victim.name();
            }
            case WORKER_KILLED_ALONE -> {
                ChildProcess victim = worker();
                victim.kill();
                awaitOutput("output without " + victim.name());
                plant.addWorker();
                yield victim.name();
            }
            case WORKERS_KILLED -> {
                plant.workers().forEach(ChildProcess::kill);
                addWorkers();
                yield "";
            }
            case COORDINATOR_KILLED -> {
                LaminarCluster leader = plant.leader();
                leader.coordinator().kill();
                leader.restartCoordinator();
                yield leader.address();
            }
            case COORDINATORS_KILLED -> {
                killCoordinators();
                plant.coordinators().forEach(LaminarCluster::restartCoordinator);
                yield "";
            }
            case COORDINATOR_AND_WORKER_KILLED -> {
                ChildProcess victim = worker();
                LaminarCluster leader = plant.leader();
                leader.coordinator().kill();
                victim.kill();
                leader.restartCoordinator();
                plant.addWorker();
                yield victim.name();
            }
            case BROKER_AND_WORKER_KILLED -> {
                ChildProcess victim = worker();
                plant.broker().kill();
                victim.kill();
                plant.addWorker();
                plant.broker().restart();
                yield victim.name();
            }
            case ALL_KILLED -> {
                plant.workers().forEach(ChildProcess::kill);
                killCoordinators();
                plant.broker().kill();
                plant.database().kill();
                plant.coordinators().forEach(LaminarCluster::restartCoordinator);
                addWorkers();
                plant.broker().restart();
                plant.database().restart();
                yield "";
            }
            case BROKER_KILLED -> {
                plant.broker().kill();
                plant.broker().restart();
                yield "";
            }
            case DATABASE_KILLED -> {
                plant.database().kill();
                plant.database().restart();
                yield "";
            }
            case WORKER_PAUSED -> {
                ChildProcess victim = worker();
                Duration time = Duration.ofMillis(schedule.between(500, 4_000));
                victim.freeze();
                Waiting.pass(time);
                victim.thaw();
                yield time.toMillis() + " ms";
            }
            case WORKER_LOST -> {
                ChildProcess victim = worker();
                victim.freeze();
                try {
                    await("the loss of " + victim.name(), () -> plant.slots() == Plant.ALL_SLOTS - Plant.SLOTS);
                    awaitOutput("output without " + victim.name());
                } finally {
                    victim.thaw();
                }
                yield victim.name();
            }
            case BROKER_PAUSED -> {
                Duration time = Duration.ofMillis(schedule.between(1_000, 12_000));
                plant.broker().pause();
                Waiting.pass(time);
                plant.broker().resume();
                yield time.toMillis() + " ms";
            }
            case DATABASE_LOCKED -> {
                Duration time = Duration.ofMillis(schedule.between(2_000, 8_000));
                lockTable(time);
                yield time.toMillis() + " ms";
            }
            case STORE_FULL -> {
                plant.store().fill();
                try {
                    awaitFailedCheckpoints();
                } finally {
                    plant.store().empty();
                }
                yield "";
            }
            case STORE_AWAY -> {
                plant.store().takeAway();
                try {
                    awaitFailedCheckpoints();
                } finally {
                    plant.store().bringBack();
                }
                yield "";
            }
            case STORE_AWAY_AND_WORKER_KILLED -> {
                ChildProcess victim = worker();
                plant.store().takeAway();
                try {
                    awaitFailedCheckpoints();
                    victim.kill();
                    plant.addWorker();
                    await("all workers", plant::isComplete);
                } finally {
                    plant.store().bringBack();
                }
                yield victim.name();
            }
            case RESCALED -> {
                int before = parallelism;
                parallelism = isWhole() ? schedule.between(1, Plant.ALL_SLOTS) : Plant.ALL_SLOTS;
                job.rescale(parallelism);
                yield before + " to " + parallelism;
            }
        };
    }

    private void killCoordinators() {
        plant.coordinators().forEach(cluster -> cluster.coordinator().kill());
    }

    private void addWorkers() {
        for (int i = 0; i < Plant.WORKERS; i++) {
            plant.addWorker();
        }
    }

    /** Whether the job has all subtasks that it began with; otherwise some worker may have no work. */
    boolean isWhole() {
        return parallelism == Plant.ALL_SLOTS;
    }

    private ChildProcess worker() {
        List<ChildProcess> workers = plant.workers();
        return workers.get(schedule.between(0, workers.size()));
    }

    private void lockTable(Duration time) {
        try (Connection connection = plant.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Who reads goes on, who writes waits.
            statement.execute("LOCK TABLE " + table + " IN EXCLUSIVE MODE");
            Waiting.pass(time);
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for something to come out of what is fed after this. */
    private void awaitOutput(String what) {
        long next = feeder.fed();
        await(what, () -> progress.last() >= next);
    }

    private void awaitFailedCheckpoints() {
        long before = job.failedCheckpoints();
        await("failed checkpoints", () -> job.failedCheckpoints() >= before + FAILED_CHECKPOINTS);
    }

    private void await(String what, BooleanSupplier condition) {
        Waiting.until(what, LIMIT, condition);
    }
}
