/**
 * What a link is asked to be: conditions for each direction, named presets with their source,
 * profiles and topologies that a user wrote, and what of it can be measured at all.
 *
 * <p>Everything here is a value; nothing is opened, applied or drawn at random.
 */
package io.mooseng.bench.core.link.profile;
