package io.laminar.testing.chaos;

/** What can happen to the processes of a run. */
enum Fault {
    WORKER_KILLED("a worker is killed, and a new one joins", 4, true),
    WORKER_KILLED_ALONE("a worker is killed, and a new one joins when the job goes on without it", 2, true),
    WORKERS_KILLED("all workers are killed, and new ones join", 1, true),
    COORDINATOR_KILLED("the leading coordinator is killed, and started anew as standby", 3, true),
    COORDINATORS_KILLED("both coordinators are killed, and started anew", 1, true),
    BROKER_KILLED("the broker of Kafka is killed, and started anew", 3, true),
    DATABASE_KILLED("PostgreSQL is ended as by a crash, and started anew", 2, true),
    WORKER_PAUSED("a worker hangs for a moment", 1, false),
    WORKER_LOST("a worker hangs until it counts as lost, and wakes up when the job goes on without it", 1, false),
    BROKER_PAUSED("the broker hangs for some seconds", 2, false),
    DATABASE_LOCKED("writes to the table wait for some seconds", 1, false),
    STORE_FULL("the checkpoint store is full until two checkpoints have failed", 1, false),
    STORE_AWAY("the checkpoint store is away until two checkpoints have failed", 1, false),
    STORE_AWAY_AND_WORKER_KILLED("a worker is killed while the checkpoint store is away", 1, true),
    RESCALED("the job is given more or fewer subtasks", 2, false);

    private final String words;
    private final int share;
    private final boolean kills;

    /** @param share how often it is among all of them */
    Fault(String words, int share, boolean kills) {
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

    /** Whether processes are killed. */
    boolean kills() {
        return kills;
    }
}
