package io.laminar.plan.node;

import java.io.Serializable;

/**
 * How a lookup table is asked.
 *
 * @param cacheBytes what answers may take in each subtask
 * @param ttl microseconds for which an answer is good; 0: not at all, each batch asks anew
 * @param capacity requests under way at the same time
 * @param retries how often a failed request is made again
 * @param timeout microseconds after which a request has failed
 */
public record LookupPolicy(long cacheBytes, long ttl, int capacity, int retries, long timeout)
        implements Serializable {}
