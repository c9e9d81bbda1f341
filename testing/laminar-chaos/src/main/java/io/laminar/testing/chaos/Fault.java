package io.laminar.testing.chaos;

/** What can happen to the processes of a run. */
enum Fault {
    WORKER_KILLED("a worker is killed, and a new one joins", 4, 1),
    WORKER_KILLED_ALONE("a worker is killed, and a new one joins when the job goes on without it", 1, 1),
    WORKERS_KILLED("all workers are killed, and new ones join", 2, Plant.WORKERS),
    COORDINATOR_KILLED("the leading coordinator is killed, and started anew as standby", 2, 1),
    COORDINATORS_KILLED("both coordinators are killed, and started anew", 2, 2),
    BROKER_KILLED("the broker of Kafka is killed, and started anew", 2, 1),
    DATABASE_KILLED("PostgreSQL is ended as by a crash, and started anew", 3, 1),
    COORDINATOR_AND_WORKER_KILLED("the leading coordinator and a worker are killed at once", 2, 2),
    BROKER_AND_WORKER_KILLED("the broker and a worker are killed at once", 2, 2),
    ALL_KILLED("workers, coordinators, broker and database are killed at once", 2, Plant.WORKERS + 4),
    WORKER_PAUSED("a worker hangs for a moment", 1, 0),
    WORKER_LOST("a worker hangs until it counts as lost, and wakes up when the job goes on without it", 1, 0),
    BROKER_PAUSED("the broker hangs for some seconds", 1, 0),
    DATABASE_LOCKED("writes to the table wait for some seconds", 1, 0),
    STORE_FULL("the checkpoint store is full until two checkpoints have failed", 1, 0),
    STORE_AWAY("the checkpoint store is away until two checkpoints have failed", 1, 0),
    STORE_AWAY_AND_WORKER_KILLED("a worker is killed while the checkpoint store is away", 1, 1),
    RESCALED("the job is given more or fewer subtasks", 1, 0);

    private final String words;
    private final int share;
    private final int kills;

    /** @param share how often it is among all of them */
    Fault(String words, int share, int kills) {
        this.words = words;
        this.share = share;
        this.kills = kills;
    }

    String words() {
        return words;
    }

    int share() {
        return share;
    }

    /** How many processes are killed. */
    int kills() {
        return kills;
    }
}
