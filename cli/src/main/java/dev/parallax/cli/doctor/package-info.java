/**
 * {@code parallax doctor}: looks for what would go wrong before it does. Read {@link
 * dev.parallax.cli.doctor.DoctorCommand} first; each of the other classes examines one thing.
 */
@NullMarked
package dev.parallax.cli.doctor;

import org.jspecify.annotations.NullMarked;
