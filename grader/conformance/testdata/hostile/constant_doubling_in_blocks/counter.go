// want: refused
// Trick: the same with one name, in blocks within blocks.

package counter

const s = "0123456789"

func f() int {
	{
		const s = s + s
		{
			const s = s + s
			{
				const s = s + s
				{
					const s = s + s
					{
						const s = s + s
						{
							const s = s + s
							{
								const s = s + s
								{
									const s = s + s
									{
										const s = s + s
										{
											const s = s + s
											{
												const s = s + s
												{
													const s = s + s
													{
														const s = s + s
														{
															const s = s + s
															{
																const s = s + s
																{
																	const s = s + s
																	{
																		const s = s + s
																		{
																			const s = s + s
																			{
																				const s = s + s
																				{
																					const s = s + s
																					{
																						const s = s + s
																						{
																							const s = s + s
																							{
																								const s = s + s
																								{
																									const s = s + s
																									{
																										const s = s + s
																										{
																											const s = s + s
																											{
																												const s = s + s
																												{
																													const s = s + s
																													{
																														const s = s + s
																														{
																															const s = s + s
																															{
																																const s = s + s
																																{
																																	const s = s + s
																																	{
																																		const s = s + s
																																		{
																																			const s = s + s
																																			{
																																				const s = s + s
																																				{
																																					const s = s + s
																																					{
																																						const s = s + s
																																						{
																																							const s = s + s
																																							{
																																								const s = s + s
																																								{
																																									const s = s + s
																																									println(len(s))
																																								}
																																							}
																																						}
																																					}
																																				}
																																			}
																																		}
																																	}
																																}
																															}
																														}
																													}
																												}
																											}
																										}
																									}
																								}
																							}
																						}
																					}
																				}
																			}
																		}
																	}
																}
															}
														}
													}
												}
											}
										}
									}
								}
							}
						}
					}
				}
			}
		}
	}
	return 0
}

// Counter counts nothing.
type Counter struct{}

func (c *Counter) Inc(key string) int            { return 0 }
func (c *Counter) Add(key string, delta int) int { return 0 }
func (c *Counter) Get(key string) int            { return 0 }
func (c *Counter) Snapshot() map[string]int      { return map[string]int{} }
func (c *Counter) Each(fn func(string, int))     {}
